package io.annulus.storage.testkit;

import io.annulus.simulator.SimulatedFile;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.InputFile;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.file.ScarceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A folder of a simulated disk; "" is the top one. */
public record SimulatedDirectory(SimulatedFiles disk, String folder) implements Directory {

    /** The top folder of a disk. */
    public static Directory top(SimulatedFiles disk) {
        return new SimulatedDirectory(disk, "");
    }

    @Override
    public String path() {
        return "simulated/" + folder;
    }

    @Override
    public List<String> list() throws IOException {
        return disk.list(folder);
    }

    @Override
    public boolean isDirectory(String name) throws IOException {
        return disk.isFolder(pathOf(name));
    }

    @Override
    public Directory sub(String name) {
        return new SimulatedDirectory(disk, pathOf(name));
    }

    @Override
    public void make() throws IOException {
        if (!disk.isFolder(folder)) {
            try {
                disk.makeFolder(folder);
            } catch (IOException e) {
                throw told(e);
            }
            disk.syncFolder(folder.substring(0, Math.max(0, folder.lastIndexOf('/'))));
        }
    }

    @Override
    public OutputFile create(String name) throws IOException {
        try {
            return new Output(disk.create(pathOf(name)));
        } catch (IOException e) {
            throw told(e);
        }
    }

    @Override
    public InputFile open(String name) throws IOException {
        try {
            return new Input(name, disk.open(pathOf(name)));
        } catch (IOException e) {
            throw told(e);
        }
    }

    @Override
    public void link(String name, Directory other) throws IOException {
        try {
            disk.link(pathOf(name), ((SimulatedDirectory) other).pathOf(name));
        } catch (IOException e) {
            throw told(e);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(pathOf(from), pathOf(to));
    }

    @Override
    public void delete(String name) throws IOException {
        disk.delete(pathOf(name));
    }

    @Override
    public void syncFile(String name) throws IOException {
        disk.open(pathOf(name)).sync();
    }

    @Override
    public void rewriteFile(String name) throws IOException {
        SimulatedFile file = disk.open(pathOf(name));
        file.rewrite();
        file.sync();
    }

    @Override
    public void sync() throws IOException {
        disk.syncFolder(folder);
    }

    @Override
    public long usableBytes() {
        return disk.usableBytes();
    }

    /** As the directory of production tells a lack from what fails for good. */
    private static IOException told(IOException error) {
        String message = String.valueOf(error.getMessage());
        boolean isLack = message.contains("no space left") || message.contains("too many open files");
        return isLack ? new ScarceException(message, error) : error;
    }

    private String pathOf(String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    private record Output(SimulatedFile file) implements OutputFile {

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            try {
                file.append(bytes);
            } catch (IOException e) {
                throw told(e);
            }
        }

        @Override
        public void sync() throws IOException {
            try {
                file.sync();
            } catch (IOException e) {
                throw told(e);
            }
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private record Input(String name, SimulatedFile file) implements InputFile {

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void read(long position, ByteBuffer target) throws IOException {
            file.read(position, target);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
