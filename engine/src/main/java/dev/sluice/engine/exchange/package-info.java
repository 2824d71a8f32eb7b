/**
 * The paper venue as a process of its own, and the client an engine trades there with. An edge: it
 * knows threads, sockets and clocks.
 *
 * <p>Server: {@link VenueServer} (HTTP and WebSocket) hands every request to {@link VenueDesk},
 * whose one thread owns the venue. Client: {@link RemoteVenue}.
 */
package dev.sluice.engine.exchange;
