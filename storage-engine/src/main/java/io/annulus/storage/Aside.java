package io.annulus.storage;

import java.io.IOException;

/** Where parts of an opening run that block: beside the rest of it, or before it. */
public interface Aside {

    /** Runs work at once, on the thread that opens. */
    Aside HERE = new Aside() {
        @Override
        public <T> Outcome<T> begin(String name, Work<T> work) throws IOException {
            T result = work.run();
            return () -> result;
        }
    };

    /** Begins work; the name tells what it is. */
    <T> Outcome<T> begin(String name, Work<T> work) throws IOException;

    /** Done once, on any thread. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    /** What becomes of work; for the thread that opens. */
    @FunctionalInterface
    interface Outcome<T> {

        /** The result, or what the work failed with; waits for it. More than once is the same. */
        T await() throws IOException;

        /** Waits until it uses nothing of the directory any more, however it ends. */
        default void awaitEnd() {}
    }
}
