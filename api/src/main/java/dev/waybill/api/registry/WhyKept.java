package dev.waybill.api.registry;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a digest is kept, or not, in each repository that the asker may read.
 *
 * @param places at most twenty; twice the same repository where it is a manifest and a blob of it
 * @param otherPlaces how many more there are
 */
public record WhyKept(Digest digest, List<Place> places, long otherPlaces, Bytes bytes) {
    public WhyKept {
        places = List.copyOf(places);
    }

    /**
     * One repository.
     *
     * @param kind {@code manifest} or {@code blob}
     * @param reasons the nearest ones; none: it goes at the next collection
     * @param otherReasons how many more there are, or ways up to one that were not followed
     * @param removed set when it was taken out
     */
    public record Place(
            ApplicationName repository,
            String kind,
            long size,
            List<Reason> reasons,
            long otherReasons,
            @Nullable Removed removed) {
        public Place {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * @param because a whole sentence
     * @param until when it ends by itself, null for one that stands as long as what it names
     * @param through the digests from this one up to what is kept, this one left out
     */
    public record Reason(String because, @Nullable Instant until, List<Digest> through) {
        public Reason {
            through = List.copyOf(through);
        }
    }

    /**
     * @param until so long it can be brought back
     * @param gone true when its bytes were removed
     */
    public record Removed(Instant at, ActorName by, String why, Instant until, boolean gone) {}

    /**
     * What lies on the disk.
     *
     * @param checkedAt when they were last read as a whole, null for never
     * @param whole false when they were not what their name says
     */
    public record Bytes(boolean there, @Nullable Instant checkedAt, boolean whole) {}
}
