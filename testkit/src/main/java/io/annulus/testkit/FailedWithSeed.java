package io.annulus.testkit;

/** Goes along with the failure of a test, to say how it is repeated. */
final class FailedWithSeed extends Exception {

    private static final long serialVersionUID = 1L;

    FailedWithSeed(TestCluster cluster) {
        super(
                "at " + cluster.time().toMillis() + " ms of virtual time; repeat it with -D"
                        + AnnulusExtension.SEED_PROPERTY + "=" + cluster.seed(),
                null,
                true,
                false);
    }
}
