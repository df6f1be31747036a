/**
 * The long pieces of work of an engine, and how far each is. The thread that works advances its {@link
 * io.annulus.storage.job.RunningJob} and asks it now and then whether it was cancelled; all others read.
 */
package io.annulus.storage.job;
