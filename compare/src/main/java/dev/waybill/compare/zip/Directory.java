package dev.waybill.compare.zip;

import dev.waybill.compare.bytes.Budget;
import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Every byte of an archive, given to entries or to what lies around them.
 *
 * @param entries in the directory's order
 * @param gaps bytes between entries, and between entries and directory, that belong to none
 * @param prefix length of what stands before the first entry
 */
record Directory(Tail tail, List<Entry> entries, List<Bytes> gaps, long prefix) {
    private static final int CENTRAL = 46;
    private static final int LOCAL = 30;

    static Directory read(Bytes bytes, Budget budget) throws IOException {
        Tail tail = Tail.find(bytes);
        List<Entry> entries = new ArrayList<>();
        long at = tail.directoryAt();
        while (at + CENTRAL <= tail.directoryEnd() && Field.u32(bytes.take(at, 4), 0) == 0x02014b50L) {
            budget.member();
            byte[] fixed = bytes.take(at, CENTRAL);
            int length = CENTRAL + Field.u16(fixed, 28) + Field.u16(fixed, 30) + Field.u16(fixed, 32);
            entries.add(entry(bytes, bytes.take(at, length), tail));
            at += length;
        }
        boolean counted = entries.size() == tail.entries() || (entries.size() & 0xffff) == tail.entries();
        if (!counted) {
            throw new Unreadable("the directory promises " + tail.entries() + " entries and has " + entries.size());
        }
        Directory directory = new Directory(tail, entries, new ArrayList<>(), 0);
        if (at < tail.directoryEnd()) {
            directory.gaps.add(bytes.slice(at, tail.directoryEnd() - at));
        }
        return directory.tiled(bytes);
    }

    private static Entry entry(Bytes bytes, byte[] central, Tail tail) throws IOException {
        Entry.Sizes sizes = sizes(central, tail.bias());
        byte[] fixed = bytes.take(sizes.at(), LOCAL);
        if (Field.u32(fixed, 0) != 0x04034b50L) {
            throw new Unreadable("the directory points to something that is no entry");
        }
        int header = LOCAL + Field.u16(fixed, 26) + Field.u16(fixed, 28);
        byte[] local = bytes.take(sizes.at(), header);
        long data = sizes.at() + header;
        if (sizes.packed() > tail.directoryAt() - data) {
            throw new Unreadable("an entry reaches into the directory");
        }
        byte[] descriptor =
                (Field.u16(local, 6) & 8) == 0 ? new byte[0] : descriptor(bytes, data + sizes.packed(), central, sizes);
        return new Entry(central, local, sizes, data, descriptor);
    }

    /** Zip64 numbers stand in the extra field in this order, and only those that do not fit (APPNOTE 4.5.3). */
    private static Entry.Sizes sizes(byte[] central, long bias) throws Unreadable {
        long packed = Field.u32(central, 20);
        long unpacked = Field.u32(central, 24);
        long at = Field.u32(central, 42);
        if (packed == 0xffffffffL || unpacked == 0xffffffffL || at == 0xffffffffL) {
            int name = Field.u16(central, 28);
            byte[] extra = Arrays.copyOfRange(central, CENTRAL + name, CENTRAL + name + Field.u16(central, 30));
            byte[] large = Extra.parse(extra).stream()
                    .filter(field -> field.tag() == Extra.ZIP64)
                    .findFirst()
                    .map(Extra::data)
                    .orElse(new byte[0]);
            int next = 0;
            if (unpacked == 0xffffffffL && large.length >= next + 8) {
                unpacked = Field.u64(large, next);
                next += 8;
            }
            if (packed == 0xffffffffL && large.length >= next + 8) {
                packed = Field.u64(large, next);
                next += 8;
            }
            if (at == 0xffffffffL && large.length >= next + 8) {
                at = Field.u64(large, next);
            }
        }
        if (packed < 0 || unpacked < 0 || at < 0 || at > Long.MAX_VALUE - bias) {
            throw new Unreadable("an entry's sizes are beyond every file");
        }
        return new Entry.Sizes(packed, unpacked, at + bias);
    }

    /** With or without signature, with numbers of 4 or 8 bytes (APPNOTE 4.3.9); the one that says what the directory says. */
    private static byte[] descriptor(Bytes bytes, long at, byte[] central, Entry.Sizes sizes) throws IOException {
        for (int length : new int[] {16, 24, 12, 20}) {
            if (at + length <= bytes.size()) {
                byte[] raw = bytes.take(at, length);
                int skip = length % 8 == 0 ? 4 : 0;
                boolean signed = skip == 0 || Field.u32(raw, 0) == 0x08074b50L;
                boolean small = length <= 16;
                long packed = small ? Field.u32(raw, skip + 4) : Field.u64(raw, skip + 4);
                long unpacked = small ? Field.u32(raw, skip + 8) : Field.u64(raw, skip + 12);
                if (signed
                        && Field.u32(raw, skip) == Field.u32(central, 16)
                        && packed == sizes.packed()
                        && unpacked == sizes.unpacked()) {
                    return raw;
                }
            }
        }
        return new byte[0];
    }

    /** Sorts by place and gives what lies between entries to the gaps. */
    private Directory tiled(Bytes bytes) throws IOException {
        List<Entry> placed = new ArrayList<>(entries);
        placed.sort(Comparator.comparingLong(entry -> entry.sizes().at()));
        long first = placed.isEmpty()
                ? tail.directoryAt()
                : placed.getFirst().sizes().at();
        long at = first;
        for (Entry entry : placed) {
            if (entry.sizes().at() < at) {
                throw new Unreadable("entries overlap");
            }
            gap(bytes, at, entry.sizes().at());
            at = entry.end();
        }
        if (at > tail.directoryAt()) {
            throw new Unreadable("an entry reaches into the directory");
        }
        gap(bytes, at, tail.directoryAt());
        return new Directory(tail, entries, gaps, first);
    }

    private void gap(Bytes bytes, long from, long to) throws IOException {
        if (from < to) {
            gaps.add(bytes.slice(from, to - from));
        }
    }
}
