package dev.waybill.server.http;

import java.io.IOException;

/** What answers one route. */
@FunctionalInterface
public interface Endpoint {
    void answer(Call call) throws IOException;
}
