/**
 * The metadata database: SQLite embedded (one writer thread, a few reader threads), PostgreSQL to scale out; one SQL text
 * for both. Every room's {@code Sql*} class works inside a {@link dev.waybill.server.db.Tx} that a caller opened, so that
 * facts of several rooms commit together. Knows no room. Always true: a write is durable when {@code write} returns; work
 * may run more than once and so does no I/O, signs nothing and reads no clock; rows hold times as epoch milliseconds.
 */
@NullMarked
package dev.waybill.server.db;

import org.jspecify.annotations.NullMarked;
