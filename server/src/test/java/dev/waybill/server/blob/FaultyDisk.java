package dev.waybill.server.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** A disk whose n-th call fails, as often as it is asked for; a write fails half done, as a full disk's does. */
final class FaultyDisk extends FileDisk {
    private int untilFault = Integer.MAX_VALUE;
    private String message = "";
    private boolean dead;
    int calls;

    /** The call after that many others fails once. */
    void failAfter(int others, String text) {
        untilFault = others;
        message = text;
    }

    /** From that call on nothing reaches the disk any more: the process was killed there. */
    void dieAfter(int others) {
        failAfter(others, "killed");
        dead = true;
    }

    void heal() {
        untilFault = Integer.MAX_VALUE;
        dead = false;
    }

    private void call() throws IOException {
        calls++;
        if (untilFault <= 0) {
            if (!dead) {
                untilFault = Integer.MAX_VALUE;
            }
            throw new IOException(message);
        }
        untilFault--;
    }

    @Override
    void createDirectories(Path directory) throws IOException {
        call();
        super.createDirectories(directory);
    }

    @Override
    FileChannel create(Path file) throws IOException {
        call();
        return super.create(file);
    }

    @Override
    FileChannel openForUpdate(Path file) throws IOException {
        call();
        return super.openForUpdate(file);
    }

    @Override
    void write(FileChannel to, ByteBuffer bytes, long offset) throws IOException {
        try {
            call();
        } catch (IOException e) {
            to.write(bytes.slice().limit(bytes.remaining() / 2), offset);
            throw e;
        }
        super.write(to, bytes, offset);
    }

    @Override
    void truncate(FileChannel file, long size) throws IOException {
        call();
        super.truncate(file, size);
    }

    @Override
    void force(FileChannel file) throws IOException {
        call();
        super.force(file);
    }

    @Override
    void rename(Path from, Path to) throws IOException {
        call();
        super.rename(from, to);
    }

    @Override
    void forceDirectory(Path directory) throws IOException {
        call();
        super.forceDirectory(directory);
    }

    @Override
    boolean delete(Path file) throws IOException {
        call();
        return super.delete(file);
    }
}
