/**
 * What the clients of one run asked and were told, and what each replica held at the end: the input of every judge in
 * {@link io.annulus.simulator.judge}. Values of the store stand here as texts, times as nanoseconds of one clock that all
 * clients of the run share.
 *
 * <p>A {@link io.annulus.simulator.history.HistoryRecorder} is filled while the clients run, on one thread; a
 * {@link io.annulus.simulator.history.History} is immutable. As a file it is one JSON object a line.
 */
package io.annulus.simulator.history;
