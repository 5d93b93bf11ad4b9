package dev.waybill.cli.demo;

import java.io.IOException;

/** One part of the story. Throws {@link DemoFailed} when something did not end as it must. */
@FunctionalInterface
interface Chapter {
    void tell(World world) throws IOException;
}
