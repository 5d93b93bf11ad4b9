package dev.waybill.compare;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.FileBytes;
import dev.waybill.compare.bytes.HeapBytes;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Lazy;
import dev.waybill.compare.form.Leniency;
import dev.waybill.compare.form.Modes;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Place;
import dev.waybill.compare.form.Reading;
import dev.waybill.compare.form.Value;
import dev.waybill.compare.image.Layout;
import dev.waybill.compare.tar.TarRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory: files, links and modes. Times and owners of working copies are nobody's intention and are not read. */
public final class DirectorySubject implements Subject {
    private final Path directory;

    private DirectorySubject(Path directory) {
        this.directory = directory;
    }

    public static DirectorySubject of(Path directory) {
        return new DirectorySubject(directory);
    }

    @Override
    public Value value(Reading reading) throws IOException {
        Form.Builder form = Form.builder("directory");
        Map<String, Content> contents = new TreeMap<>();
        StringBuilder listing = new StringBuilder();
        for (Path file : files()) {
            String name = name(file);
            Value entry = entry(file);
            form.add(Part.of("/" + name, entry));
            if (entry instanceof Lazy lazy && lazy.content() != null) {
                contents.put(name, lazy.content());
                listing.append(name).append(' ').append(lazy.identity()).append('\n');
            }
        }
        Optional<Layout> image = Layout.of(contents, reading);
        return image.isEmpty() ? form.build() : image.get().form(Atom.hash(HeapBytes.of(listing.toString())));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(path -> !path.equals(directory))
                    .sorted(java.util.Comparator.comparing(this::name))
                    .toList();
        }
    }

    private String name(Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private Value entry(Path file) throws IOException {
        Form.Builder form = Form.builder("directory entry");
        if (Files.isSymbolicLink(file)) {
            form.add(Part.of("link", new Atom(Files.readSymbolicLink(file).toString()), TarRules.LINK));
            return form.build();
        }
        boolean isDirectory = Files.isDirectory(file);
        form.add(Part.of("type", new Atom(isDirectory ? "directory" : "file"), TarRules.TYPE));
        mode(form, file);
        if (isDirectory) {
            return form.build();
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is neither file, directory nor link");
        }
        Content content = new Content(Place.of(name(file)), "", scratch -> new Closing(FileBytes.of(file)));
        form.add(Part.of(Lazy.CONTENT, content));
        Form made = form.build();
        String identity = Files.size(file) + " " + content.sha256(NOTHING) + " "
                + made.parts().get("mode");
        return new Lazy(identity, content, () -> made);
    }

    /** Plain files need no room for unpacking. */
    private static final dev.waybill.compare.bytes.Scratch NOTHING = new dev.waybill.compare.bytes.Scratch(
            new dev.waybill.compare.bytes.Budget(dev.waybill.compare.bytes.Bounds.DEFAULT));

    private static void mode(Form.Builder form, Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("unix")) {
            int mode = (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
            Leniency umask = new Leniency(TarRules.MODE_NOISE, Modes.value(Modes.withoutUmask(mode)));
            form.add(Part.normal("mode", Modes.value(mode), umask, TarRules.MODE));
        }
    }

    @Override
    public Result.Identity identity() throws IOException {
        StringBuilder listing = new StringBuilder();
        long size = 0;
        for (Path file : files()) {
            listing.append(name(file)).append('\n');
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                try (FileBytes bytes = FileBytes.of(file)) {
                    listing.append(bytes.sha256()).append('\n');
                    size += bytes.size();
                }
            }
        }
        return new Result.Identity(
                String.valueOf(directory.getFileName()),
                size,
                HeapBytes.of(listing.toString()).sha256());
    }

    @Override
    public void close() {
        // Files are open only while they are read.
    }

    /** A file that is closed when it was compared: a directory may have more files than a process may open. */
    private static final class Closing extends Bytes {
        private final FileBytes file;

        Closing(FileBytes file) {
            this.file = file;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void read(long position, byte[] into, int offset, int length) throws IOException {
            file.read(position, into, offset, length);
        }

        @Override
        public void release() {
            file.close();
        }
    }
}
