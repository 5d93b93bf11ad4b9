/**
 * What a browser may ask for and send: a handler for each kind of page, plain links and forms, one small script that only
 * adds liveness. The top room: it asks {@link dev.waybill.server.insight.Answers} for what it shows and
 * {@link dev.waybill.server.ui.Desk} for what people decide, and lets page draw it; nobody below knows it.
 *
 * <p>Always true: every page works without script; a form has the same permission checks as the API's route; a form from
 * another site is refused.
 */
@NullMarked
package dev.waybill.server.ui;

import org.jspecify.annotations.NullMarked;
