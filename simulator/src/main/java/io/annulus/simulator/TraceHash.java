package io.annulus.simulator;

/** A running 64-bit hash of numbers and texts, the same on every machine. */
final class TraceHash {

    private long state = 0x9e3779b97f4a7c15L;

    void add(long value) {
        long mixed = state ^ value;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        state = (mixed ^ mixed >>> 31) + 0x9e3779b97f4a7c15L;
    }

    void add(String text) {
        add(text.length());
        for (int i = 0; i < text.length(); i++) {
            add(text.charAt(i));
        }
    }

    void add(byte[] bytes) {
        add(bytes.length);
        for (byte b : bytes) {
            add(b);
        }
    }

    long value() {
        return state;
    }
}
