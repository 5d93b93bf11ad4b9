package dev.waybill.compare.form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a thing consists of, as one format sees it. */
public final class Form implements Value {
    private final String kind;
    private final Map<String, Part> parts;
    private final @Nullable Origin origin;

    private Form(String kind, Map<String, Part> parts, @Nullable Origin origin) {
        this.kind = kind;
        this.parts = parts;
        this.origin = origin;
    }

    /** Of the same kind are two forms that can be compared part by part. */
    public String kind() {
        return kind;
    }

    /** By name, in the order in which they stand. */
    public Map<String, Part> parts() {
        return parts;
    }

    /** What it says it is, when it is a library that says so. */
    public Optional<Origin> origin() {
        return Optional.ofNullable(origin);
    }

    /** The same parts, of this origin. */
    public Form of(Origin known) {
        return new Form(kind, parts, known);
    }

    public static Builder builder(String kind) {
        return new Builder(kind);
    }

    /** Collects parts. A name that comes twice gets a number, so that nothing is lost. */
    public static final class Builder {
        private final String kind;
        private final Map<String, Part> parts = new LinkedHashMap<>();
        private @Nullable Origin origin;

        private Builder(String kind) {
            this.kind = kind;
        }

        /** Adds the part under its name, or under its name and a number when that is taken. */
        public Builder add(Part part) {
            String name = part.name();
            int number = 2;
            while (parts.containsKey(name)) {
                name = part.name() + "#" + number++;
            }
            parts.put(name, number == 2 ? part : new Part(name, part.value(), part.rule(), part.leniency()));
            return this;
        }

        public Builder add(String name, String text) {
            return add(Part.of(name, text));
        }

        public boolean has(String name) {
            return parts.containsKey(name);
        }

        public List<Part> parts() {
            return new ArrayList<>(parts.values());
        }

        public Builder origin(@Nullable Origin known) {
            origin = known;
            return this;
        }

        public Form build() {
            return new Form(kind, parts, origin);
        }
    }
}
