package dev.unlost.client;

import java.net.URI;
import java.util.Map;

/** The in-memory service with its address, for tests of other packages. */
public final class ServiceForTests implements AutoCloseable {

    private final InMemoryService service = new InMemoryService();
    private final TestServer server = new TestServer(service);

    public URI uri() {
        return server.uri();
    }

    public void put(String id, String notes) {
        service.put(id, notes);
    }

    public void delete(String id) {
        service.delete(id);
    }

    public void dropStreams() {
        service.dropStreams();
    }

    public Map<String, Versioned<Customer>> present() {
        return service.present();
    }

    @Override
    public void close() {
        server.close();
    }
}
