/**
 * The pages: server-rendered templates (src/main/jte), plain links and forms, one stylesheet, one small script that only
 * adds liveness. The top room: it asks {@link dev.waybill.server.insight.Answers} for what it shows and
 * {@link dev.waybill.server.ui.Desk} for what people decide; nobody below knows it.
 *
 * <p>Always true: every page works without script; no page names another host; what people typed is escaped by the template
 * engine's context-aware output and never marked as safe; a form has the same permission checks as the API's route; a state
 * has a form and a word, never a colour alone.
 */
@NullMarked
package dev.waybill.server.ui;

import org.jspecify.annotations.NullMarked;
