package io.annulus.itests.checks.planted;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks the rule on files. */
public final class OpensFile {
    public InputStream open(Path path) throws IOException {
        return Files.newInputStream(path);
    }
}
