/** The commands themselves: options, arguments, and what each prints. One instance is made for each execution. */
package io.annulus.shell.command;
