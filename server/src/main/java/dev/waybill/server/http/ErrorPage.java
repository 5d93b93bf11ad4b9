package dev.waybill.server.http;

import dev.waybill.core.problem.Problem;

/** Draws a problem for a browser; the pages' room supplies it. */
@FunctionalInterface
public interface ErrorPage {
    /** UTF-8 HTML. */
    byte[] render(int status, Problem problem);
}
