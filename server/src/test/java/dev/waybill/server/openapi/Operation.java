package dev.waybill.server.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What reflection cannot know about one route: why one calls it, what goes in and out, how it may be refused. */
final class Operation {
    /** A query parameter; {@code type} is a class that {@link Schemas} can describe. */
    record Parameter(String name, boolean required, Class<?> type, String what) {}

    /** A body: a record, a list of one, or, without a type, bytes. */
    record Body(String mediaType, @Nullable Class<?> type, boolean many, String what) {}

    final String method;
    final String path;
    final String tag;
    final String summary;
    final List<Parameter> query = new ArrayList<>();
    final Map<Integer, List<Body>> answers = new TreeMap<>();
    final Map<Integer, String> refusals = new TreeMap<>();
    private @Nullable Body request;

    Operation(String method, String path, String tag, String summary) {
        this.method = method;
        this.path = path;
        this.tag = tag;
        this.summary = summary;
    }

    Operation query(String name, Class<?> type, String what) {
        query.add(new Parameter(name, false, type, what));
        return this;
    }

    Operation must(String name, Class<?> type, String what) {
        query.add(new Parameter(name, true, type, what));
        return this;
    }

    Operation takes(Class<?> type) {
        request = new Body("application/json", type, false, "");
        return this;
    }

    Operation answers(int status, Class<?> type, String what) {
        return answer(status, new Body("application/json", type, false, what));
    }

    Operation answers(Class<?> type, String what) {
        return answers(200, type, what);
    }

    Operation lists(Class<?> type, String what) {
        return answer(200, new Body("application/json", type, true, what));
    }

    Operation sends(String mediaType, String what) {
        return answer(200, new Body(mediaType, null, false, what));
    }

    private Operation answer(int status, Body body) {
        answers.computeIfAbsent(status, s -> new ArrayList<>()).add(body);
        return this;
    }

    /** Nothing but a status. */
    Operation says(int status) {
        answers.put(status, new ArrayList<>());
        return this;
    }

    Operation refuses(int status, String codes) {
        refusals.put(status, codes);
        return this;
    }

    @Nullable
    Body request() {
        return request;
    }
}
