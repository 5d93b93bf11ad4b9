package dev.waybill.agent.driver;

import dev.waybill.core.name.ReleaseId;

/** The release that was healthy here, shall still serve, and does not. */
public record Lost(ReleaseId release, String why) {}
