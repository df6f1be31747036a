package io.annulus.simulator;

/**
 * What a message holds, in numbers.
 *
 * @param hash of its content: records by their components, arrays by their elements
 * @param bytes about how many it takes on a wire
 */
record Content(long hash, long bytes) {

    static Content of(Object message) {
        ContentWalk walk = new ContentWalk();
        walk.add(message);
        return new Content(walk.hash(), walk.bytes());
    }
}
