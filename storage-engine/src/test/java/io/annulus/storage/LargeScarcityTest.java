package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Large records that find no room or no descriptor beside the log: refused without effect, and taken once there is some. */
class LargeScarcityTest {

    private final Random random = Seed.random("LargeScarcityTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private final Map<Integer, Object> outcomes = new TreeMap<>();
    private SimulatedEngine engine;

    @BeforeEach
    void open() throws IOException {
        engine = SimulatedEngine.open(disk, world, 1 << 20);
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void withoutADescriptorItIsRefused(Durability durability) throws IOException {
        Table table = table(durability);
        append(table, 1, 3);
        world.settle();
        disk.setOutOfDescriptors(true);
        append(table, 2, 3);
        appendLarge(table, 3);
        world.settle();
        disk.setOutOfDescriptors(false);
        requireRefused(3);
        requireSoundAfter(table, durability);
    }

    /** Room ends when the file is made, and when its header is written. */
    @ParameterizedTest
    @EnumSource(Durability.class)
    void whereTheFileCannotBeBegunItIsRefusedAndTheFileBegunLater(Durability durability) throws IOException {
        for (int change = 1; change <= 2; change++) {
            Table table = table(durability);
            append(table, 2, 3);
            world.settle();
            disk.fillAfter(change);
            appendLarge(table, 3);
            world.settle();
            disk.setFull(false);
            requireRefused(3);
            requireSoundAfter(table, durability);
        }
    }

    @Test
    void whereTheFileIsFullTheBatchIsRefusedAndTheFileContinued() throws IOException {
        Table table = table(Durability.SYNCED);
        appendLarge(table, 1);
        world.settle();
        disk.fillAfter(1);
        append(table, 2, 3);
        appendLarge(table, 3);
        appendLarge(table, 4);
        world.settle();
        disk.setFull(false);
        for (int key = 2; key <= 4; key++) {
            requireRefused(key);
        }
        requireSoundAfter(table, Durability.SYNCED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereItsSyncFindsNoRoomItIsRefused(boolean pointed) throws IOException {
        Table written = table(Durability.WRITTEN);
        Table synced = table(Durability.SYNCED);
        append(synced, 2, 3);
        world.settle();
        if (pointed) {
            appendLarge(written, 1);
        }
        disk.setFullAtSync(true);
        appendLarge(synced, 3);
        world.settle();
        disk.setFullAtSync(false);
        if (pointed) {
            // Nobody knows any more whether the disk gets the value that the log points to.
            assertInstanceOf(StorageFencedException.class, outcomes.get(3));
        } else {
            requireRefused(3);
            requireSoundAfter(synced, Durability.SYNCED);
        }
    }

    private void requireRefused(int key) {
        StorageFullException refusal = assertInstanceOf(StorageFullException.class, outcomes.get(key));
        assertTrue(refusal.getMessage().contains("make room"), refusal::getMessage);
    }

    /** Nothing is fenced, no refused write is there, writes go on, and all that was acknowledged survives. */
    private void requireSoundAfter(Table table, Durability durability) throws IOException {
        assertEquals(List.of(), engine.events());
        appendLarge(table, 8);
        append(table, 9, 3);
        world.settle();
        world.ring();
        world.settle();
        assertInstanceOf(Durability.class, outcomes.get(8));
        assertInstanceOf(Durability.class, outcomes.get(9));
        requireAcked(table);
        engine.engine().flush();
        world.settle();
        requireAcked(table);
        engine = SimulatedEngine.openAfterPowerCut(disk, world);
        requireAcked(table(durability));
        assertEquals(List.of(), engine.events());
        outcomes.clear();
    }

    private void requireAcked(Table table) {
        outcomes.forEach((key, outcome) ->
                assertEquals(outcome instanceof Durability, read(table, key).isPresent(), "key " + key));
    }

    private Table table(Durability durability) {
        return engine.engine()
                .openTable(new TableSpec("as-" + durability, new SetRecords(), TableOptions.DEFAULT.with(durability)));
    }

    private void appendLarge(Table table, int key) {
        append(table, key, SimulatedEngine.DIRECT_BYTES);
    }

    private void append(Table table, int key, int numbers) {
        byte[] record = SetRecords.of(LongStream.range(key, key + numbers).toArray());
        table.append(
                Token.of(key(key)),
                key(key),
                record,
                Completion.of(done -> outcomes.put(key, done), failure -> outcomes.put(key, failure)));
    }

    private Optional<?> read(Table table, int key) {
        List<Object> answers = new ArrayList<>();
        table.read(Token.of(key(key)), key(key), Completion.of(answers::add, answers::add));
        while (answers.isEmpty()) {
            assertTrue(world.step(), "a read never ended");
        }
        return assertInstanceOf(Optional.class, answers.get(0));
    }

    private static byte[] key(int key) {
        return ("key-" + key).getBytes(StandardCharsets.UTF_8);
    }
}
