package net.openhft.chronicle.core;

/**
 * Takes the place of the class of this name in chronicle-core 2026.5, which looks up {@code jdk.internal.misc.VM}: a
 * bundle cannot see that class, the answer becomes 0, and opening a queue then fails with a NullPointerException.
 */
class Jvm$MaxMemoryHolder {
    static final long MAX_DIRECT_MEMORY = Runtime.getRuntime().maxMemory();
}
