/**
 * What the {@code kv:*} commands of the Karaf console read and print, without the console.
 *
 * <p>Keys and values are bytes. They are shown as text where they are UTF-8, and else in base64, which JSON output marks with
 * a field {@code encoding}. Everything here runs on the thread of the command that uses it.
 */
package io.annulus.shell;
