package dev.waybill.cli.demo;

/** A chapter did not end as it must. */
final class DemoFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailed(String message) {
        super(message);
    }
}
