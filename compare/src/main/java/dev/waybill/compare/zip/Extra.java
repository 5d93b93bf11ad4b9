package dev.waybill.compare.zip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One extra field (APPNOTE 4.5).
 *
 * @param tag -1 for bytes that are no field
 */
@SuppressWarnings("ArrayRecordComponent")
record Extra(int tag, byte[] data) {
    static final int ZIP64 = 0x0001;
    static final int NTFS = 0x000a;
    static final int UNIX_TIMES = 0x000d;
    static final int EXTENDED_TIME = 0x5455;
    static final int INFO_ZIP_UNIX = 0x5855;
    static final int INFO_ZIP_OWNER_16 = 0x7855;
    static final int INFO_ZIP_OWNER = 0x7875;
    static final int JAR_MARKER = 0xcafe;
    static final int ALIGNMENT = 0xa11e;
    static final int ANDROID_ALIGNMENT = 0xd935;
    static final int AES = 0x9901;

    static List<Extra> parse(byte[] bytes) {
        List<Extra> fields = new ArrayList<>();
        int at = 0;
        while (at + 4 <= bytes.length) {
            int length = Field.u16(bytes, at + 2);
            if (at + 4 + length > bytes.length) {
                break;
            }
            fields.add(new Extra(Field.u16(bytes, at), Arrays.copyOfRange(bytes, at + 4, at + 4 + length)));
            at += 4 + length;
        }
        if (at < bytes.length) {
            byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
            // zipalign pads with zeros that are too short to be a field.
            fields.add(new Extra(isZero(rest) ? ALIGNMENT : -1, rest));
        }
        return fields;
    }

    /** Says when. */
    boolean isTime() {
        return tag == NTFS || tag == EXTENDED_TIME;
    }

    /** Says when and who; both formats of old Info-ZIP. */
    boolean isTimeAndOwner() {
        return tag == INFO_ZIP_UNIX || tag == UNIX_TIMES;
    }

    boolean isOwner() {
        return tag == INFO_ZIP_OWNER || tag == INFO_ZIP_OWNER_16;
    }

    /** Marks and padding of packers. Padding that is not zero is somebody's data. */
    boolean isNoise() {
        return switch (tag) {
            case ZIP64 -> true;
            case JAR_MARKER -> data.length == 0;
            case ALIGNMENT, ANDROID_ALIGNMENT ->
                isZero(Arrays.copyOfRange(data, Math.min(2, data.length), data.length));
            default -> false;
        };
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
