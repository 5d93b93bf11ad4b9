package dev.waybill.api;

/** The version of this build of Waybill, as the pom has it; a test compares the two. */
public final class WaybillVersion {
    public static final String TEXT = "0.1.0";

    private WaybillVersion() {}
}
