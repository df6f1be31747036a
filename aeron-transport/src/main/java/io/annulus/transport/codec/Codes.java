package io.annulus.transport.codec;

import io.annulus.api.Guarantee;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.message.WriteOutcome;
import io.annulus.api.storage.Durability;
import io.annulus.transport.sbe.AnswerCode;
import io.annulus.transport.sbe.DurabilityCode;
import io.annulus.transport.sbe.GuaranteeCode;
import io.annulus.transport.sbe.OutcomeCode;
import io.annulus.transport.sbe.RoleCode;
import io.annulus.transport.sbe.StatusCode;

/** The enums of the api and their codes on the wire; a constant without a code does not compile. */
final class Codes {

    private Codes() {}

    static StatusCode code(ReplicaStatus value) {
        return switch (value) {
            case DONE -> StatusCode.DONE;
            case NOT_ADMITTED -> StatusCode.NOT_ADMITTED;
            case OVERLOADED -> StatusCode.OVERLOADED;
            case FENCED -> StatusCode.FENCED;
            case UNKNOWN_KEYSPACE -> StatusCode.UNKNOWN_KEYSPACE;
            case WRONG_EPOCH -> StatusCode.WRONG_EPOCH;
            case CORRUPT -> StatusCode.CORRUPT;
            case FAILED -> StatusCode.FAILED;
        };
    }

    static ReplicaStatus status(StatusCode code, Payload payload) throws MalformedMessageException {
        return switch (code) {
            case DONE -> ReplicaStatus.DONE;
            case NOT_ADMITTED -> ReplicaStatus.NOT_ADMITTED;
            case OVERLOADED -> ReplicaStatus.OVERLOADED;
            case FENCED -> ReplicaStatus.FENCED;
            case UNKNOWN_KEYSPACE -> ReplicaStatus.UNKNOWN_KEYSPACE;
            case WRONG_EPOCH -> ReplicaStatus.WRONG_EPOCH;
            case CORRUPT -> ReplicaStatus.CORRUPT;
            case FAILED -> ReplicaStatus.FAILED;
            case NULL_VAL -> throw payload.unknown("status", code);
        };
    }

    static DurabilityCode code(Durability value) {
        return switch (value) {
            case MEMORY -> DurabilityCode.MEMORY;
            case WRITTEN -> DurabilityCode.WRITTEN;
            case SYNCED -> DurabilityCode.SYNCED;
        };
    }

    static Durability durability(DurabilityCode code, Payload payload) throws MalformedMessageException {
        return switch (code) {
            case MEMORY -> Durability.MEMORY;
            case WRITTEN -> Durability.WRITTEN;
            case SYNCED -> Durability.SYNCED;
            case NULL_VAL -> throw payload.unknown("durability", code);
        };
    }

    static OutcomeCode code(WriteOutcome value) {
        return switch (value) {
            case DONE -> OutcomeCode.DONE;
            case UNAVAILABLE -> OutcomeCode.UNAVAILABLE;
            case OVERLOADED -> OutcomeCode.OVERLOADED;
            case UNKNOWN -> OutcomeCode.UNKNOWN;
            case REFUSED -> OutcomeCode.REFUSED;
            case CORRUPT -> OutcomeCode.CORRUPT;
        };
    }

    static WriteOutcome outcome(OutcomeCode code, Payload payload) throws MalformedMessageException {
        return switch (code) {
            case DONE -> WriteOutcome.DONE;
            case UNAVAILABLE -> WriteOutcome.UNAVAILABLE;
            case OVERLOADED -> WriteOutcome.OVERLOADED;
            case UNKNOWN -> WriteOutcome.UNKNOWN;
            case REFUSED -> WriteOutcome.REFUSED;
            case CORRUPT -> WriteOutcome.CORRUPT;
            case NULL_VAL -> throw payload.unknown("outcome", code);
        };
    }

    static GuaranteeCode code(Guarantee value) {
        return switch (value) {
            case EVENTUAL -> GuaranteeCode.EVENTUAL;
            case SLOPPY -> GuaranteeCode.SLOPPY;
            case OVERLAP -> GuaranteeCode.OVERLAP;
            case ATOMIC -> GuaranteeCode.ATOMIC;
        };
    }

    static Guarantee guarantee(GuaranteeCode code, Payload payload) throws MalformedMessageException {
        return switch (code) {
            case EVENTUAL -> Guarantee.EVENTUAL;
            case SLOPPY -> Guarantee.SLOPPY;
            case OVERLAP -> Guarantee.OVERLAP;
            case ATOMIC -> Guarantee.ATOMIC;
            case NULL_VAL -> throw payload.unknown("guarantee", code);
        };
    }

    static RoleCode code(ReplicaAnswer.Role value) {
        return switch (value) {
            case OWNER -> RoleCode.OWNER;
            case STAND_IN -> RoleCode.STAND_IN;
        };
    }

    static ReplicaAnswer.Role role(RoleCode code, Payload payload) throws MalformedMessageException {
        return switch (code) {
            case OWNER -> ReplicaAnswer.Role.OWNER;
            case STAND_IN -> ReplicaAnswer.Role.STAND_IN;
            case NULL_VAL -> throw payload.unknown("role", code);
        };
    }

    static AnswerCode code(ReplicaAnswer.Outcome value) {
        return switch (value) {
            case ACKNOWLEDGED -> AnswerCode.ACKNOWLEDGED;
            case NOT_ADMITTED -> AnswerCode.NOT_ADMITTED;
            case REFUSED -> AnswerCode.REFUSED;
            case UNKNOWN -> AnswerCode.UNKNOWN;
            case NOT_ASKED -> AnswerCode.NOT_ASKED;
        };
    }

    static ReplicaAnswer.Outcome answer(AnswerCode code, Payload payload) throws MalformedMessageException {
        return switch (code) {
            case ACKNOWLEDGED -> ReplicaAnswer.Outcome.ACKNOWLEDGED;
            case NOT_ADMITTED -> ReplicaAnswer.Outcome.NOT_ADMITTED;
            case REFUSED -> ReplicaAnswer.Outcome.REFUSED;
            case UNKNOWN -> ReplicaAnswer.Outcome.UNKNOWN;
            case NOT_ASKED -> ReplicaAnswer.Outcome.NOT_ASKED;
            case NULL_VAL -> throw payload.unknown("answer", code);
        };
    }
}
