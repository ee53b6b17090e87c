package io.phaseline.adapter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Answers each request over a socket of the loopback interface with what the test writes. */
public final class LoopbackServer implements AutoCloseable {
    /** Writes a body. */
    public interface Script {
        /** Writes a body; it is over when this returns, and broken off when this throws. */
        void write(Body body) throws Exception;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch released = new CountDownLatch(1);

    /** Completes with the request's headers and body as text. */
    public final CompletableFuture<String> request = new CompletableFuture<>();

    /** Completes when a write fails because the client is gone. */
    public final CompletableFuture<IOException> clientGone = new CompletableFuture<>();

    private LoopbackServer(int status, Script script) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange, status, script));
        server.start();
    }

    /** A server that answers everything with a status and a scripted body. */
    public static LoopbackServer answering(int status, Script script) throws IOException {
        return new LoopbackServer(status, script);
    }

    private void answer(HttpExchange exchange, int status, Script script) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        request.complete(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                + new TreeMap<>(exchange.getRequestHeaders()) + "\n" + body);
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(status, 0);
        try {
            script.write(new Body(exchange.getResponseBody()));
        } catch (Exception brokenOff) {
            // An exception out of a handler closes the connection without the last chunk.
            throw new IOException(brokenOff);
        }
        exchange.close();
    }

    /** A body that is being written. */
    public final class Body {
        private final OutputStream out;

        Body(OutputStream out) {
            this.out = out;
        }

        /** Writes a piece and flushes it. */
        public void write(String piece) throws IOException {
            write(Replies.bytes(piece));
        }

        /** Writes a piece and flushes it. */
        public void write(byte[] piece) throws IOException {
            try {
                out.write(piece);
                out.flush();
            } catch (IOException gone) {
                clientGone.complete(gone);
                throw gone;
            }
        }

        /** Keeps the connection open and silent until the test is over. */
        public void staySilent() throws InterruptedException {
            released.await(20, TimeUnit.SECONDS);
        }

        /** Writes comments until the client goes away; more than sockets hold, but not for ever. */
        public void writeUntilClientGoes() throws IOException {
            byte[] comment = Replies.bytes(":" + "x".repeat(8 << 10) + "\n");
            for (int i = 0; i < 8_192; i++) {
                write(comment);
            }
        }
    }

    /** A request to this server. */
    public HttpRequest.Builder request() {
        return HttpRequest.newBuilder(uri());
    }

    /** Where this server answers. */
    public URI uri() {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + "/");
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
