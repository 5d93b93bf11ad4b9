package dev.waybill.server.quota;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Bytes;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.Upload;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The uploads that are open, counted for whoever began them: nobody fills the disk with what is never finished. An upload
 * carries the marks of its account and of its repository in its id, so that it needs no row and counts on after a restart.
 */
public final class OpenUploads {
    /** At the bound, whatever of one's own nobody touched for so long gives way to what is begun. */
    public static final Duration GIVES_WAY = Duration.ofHours(24);

    private static final int MARK = 16;

    /** A UUID's 36 characters, and a mark with its hyphen twice. */
    private static final int LENGTH = 36 + 2 * (MARK + 1);

    private final BlobStore blobs;
    private final Bound bound;
    private final Map<String, Map<String, Long>> accounts = new HashMap<>();
    private boolean listed;

    public OpenUploads(BlobStore blobs, Bound bound) {
        this.blobs = blobs;
        this.bound = bound;
    }

    /** What tells whose an upload is without telling the name. */
    public static String mark(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).hex().substring(0, MARK);
    }

    /** The mark of the account that began it; empty for one of a former version. */
    public static Optional<String> account(String id) {
        return id.length() == LENGTH ? Optional.of(id.substring(37, 37 + MARK)) : Optional.empty();
    }

    /** The mark of the repository that it goes to. */
    public static String repository(String id) {
        return id.substring(id.lastIndexOf('-') + 1);
    }

    /** Begins one; {@code UPLOADS_TOO_MANY} when the account has as many as it may. */
    public Upload begin(String repository, ActorName by, Instant now) throws IOException {
        String account = mark(by.value());
        String id = UUID.randomUUID() + "-" + account + "-" + mark(repository);
        if (!take(account, id)) {
            giveWay(account, now);
            if (!take(account, id)) {
                throw tooMany("it has " + bound.number() + " open, as many as one account may have.");
            }
        }
        try {
            return new Counted(blobs.begin(id));
        } catch (IOException | RuntimeException e) {
            remove(id);
            throw e;
        }
    }

    /** The upload of that id if it is open. */
    public Optional<Upload> resume(String id) throws IOException {
        list();
        return blobs.resume(id).map(Counted::new);
    }

    /** All that are open, those that were touched last first. */
    public List<BlobStore.Open> all() throws IOException {
        return blobs.uploads().stream()
                .filter(open -> account(open.id()).isPresent())
                .sorted(Comparator.comparing(BlobStore.Open::touched).reversed())
                .toList();
    }

    /** @param accounts of those whose account is known */
    public record Sum(int uploads, long bytes, int accounts) {}

    /** What is on its way, as far as an account began it in this version. */
    public Sum sum() throws IOException {
        list();
        synchronized (accounts) {
            return new Sum(
                    accounts.values().stream().mapToInt(Map::size).sum(),
                    accounts.values().stream()
                            .flatMap(open -> open.values().stream())
                            .mapToLong(Long::longValue)
                            .sum(),
                    accounts.size());
        }
    }

    private boolean take(String account, String id) throws IOException {
        list();
        synchronized (accounts) {
            Map<String, Long> open = accounts.computeIfAbsent(account, a -> new HashMap<>());
            return open.size() < bound.number() && open.put(id, 0L) == null;
        }
    }

    private void list() throws IOException {
        synchronized (accounts) {
            if (listed) {
                return;
            }
            for (BlobStore.Open open : blobs.uploads()) {
                account(open.id())
                        .ifPresent(account -> accounts.computeIfAbsent(account, a -> new HashMap<>())
                                .put(open.id(), open.size()));
            }
            listed = true;
        }
    }

    private void giveWay(String account, Instant now) throws IOException {
        for (BlobStore.Open open : blobs.uploads()) {
            boolean own = account(open.id()).filter(account::equals).isPresent();
            if (own && open.touched().isBefore(now.minus(GIVES_WAY))) {
                Optional<Upload> upload = resume(open.id());
                if (upload.isPresent()) {
                    upload.get().discard();
                }
            }
        }
    }

    /** Counts bytes before they are written: {@code UPLOADS_TOO_MANY} beyond what the account may have on its way. */
    private void grow(String id, long more) {
        Optional<String> account = account(id);
        if (account.isEmpty()) {
            return;
        }
        synchronized (accounts) {
            Map<String, Long> open = accounts.computeIfAbsent(account.get(), a -> new HashMap<>());
            long sum = open.values().stream().mapToLong(Long::longValue).sum();
            if (sum + more > bound.bytes()) {
                throw tooMany("its open uploads hold " + Bytes.of(sum) + " of the " + Bytes.of(bound.bytes())
                        + " that one account may have on its way.");
            }
            open.merge(id, more, Long::sum);
        }
    }

    private void settle(String id, long received) {
        account(id).ifPresent(account -> {
            synchronized (accounts) {
                accounts.getOrDefault(account, Map.of()).computeIfPresent(id, (i, counted) -> received);
            }
        });
    }

    private void remove(String id) {
        account(id).ifPresent(account -> {
            synchronized (accounts) {
                accounts.computeIfPresent(account, (a, open) -> {
                    open.remove(id);
                    return open.isEmpty() ? null : open;
                });
            }
        });
    }

    private static ProblemException tooMany(String missing) {
        return new Problem.Unavailable(
                        "UPLOADS_TOO_MANY",
                        "Receiving an upload of this account",
                        missing,
                        "Finish or cancel some (DELETE at their location); what nobody touched for a day gives way.")
                .exception();
    }

    /** An upload whose bytes count before they are written, and no more once it ends. */
    private final class Counted implements Upload {
        private final Upload upload;

        Counted(Upload upload) {
            this.upload = upload;
        }

        @Override
        public String id() {
            return upload.id();
        }

        @Override
        public long received() {
            return upload.received();
        }

        @Override
        public long append(InputStream in, long offset) throws IOException {
            try {
                return upload.append(new Counting(in, upload.id()), offset);
            } finally {
                settle(upload.id(), upload.received());
            }
        }

        @Override
        public long finish(Digest digest) throws IOException {
            try {
                return upload.finish(digest);
            } finally {
                // One that another request is writing to did not end.
                if (!upload.isOpen()) {
                    remove(upload.id());
                }
            }
        }

        @Override
        public boolean isOpen() {
            return upload.isOpen();
        }

        @Override
        public void discard() throws IOException {
            upload.discard();
            remove(upload.id());
        }
    }

    private final class Counting extends FilterInputStream {
        private final String id;

        Counting(InputStream in, String id) {
            super(in);
            this.id = id;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            if (read > 0) {
                grow(id, read);
            }
            return read;
        }
    }
}
