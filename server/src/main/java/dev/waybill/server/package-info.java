/**
 * The composition root: {@link dev.waybill.server.Main} reads the command, {@link dev.waybill.server.ServerConfig} holds what
 * it said. {@link dev.waybill.server.WaybillServer} starts with the floor ({@link dev.waybill.server.Floor}), builds every room
 * on it by hand, the lowest first ({@link dev.waybill.server.Rooms}), and is the place where the whole route table can be read.
 * Nothing else may build rooms, and no room may look up here. Always true: when {@code start} returns, the database is
 * migrated, the ledger is consistent and the port answers; what was opened is closed in the opposite order.
 */
@NullMarked
package dev.waybill.server;

import org.jspecify.annotations.NullMarked;
