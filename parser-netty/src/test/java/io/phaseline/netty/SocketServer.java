package io.phaseline.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Answers on a socket of the loopback interface, byte by byte as the test says; it knows nothing of Netty. */
final class SocketServer implements AutoCloseable {
    /** Answers the requests of one connection; which is closed when it returns. */
    interface Script {
        void answer(Connection connection) throws Exception;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final CountDownLatch released = new CountDownLatch(1);

    /** Completes with why a write failed, when the client is gone. */
    final CompletableFuture<IOException> clientGone = new CompletableFuture<>();

    private SocketServer(SSLContext tls, Script script) throws IOException {
        Thread thread = new Thread(() -> serve(tls, script), "socket-server");
        thread.setDaemon(true);
        thread.start();
    }

    static SocketServer answering(Script script) throws IOException {
        return new SocketServer(null, script);
    }

    static SocketServer overTls(SSLContext tls, Script script) throws IOException {
        return new SocketServer(tls, script);
    }

    private void serve(SSLContext tls, Script script) {
        try {
            while (true) {
                Socket plain = server.accept();
                sockets.add(plain);
                plain.setTcpNoDelay(true);
                Socket socket = plain;
                if (tls != null) {
                    SSLSocket secure =
                            (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
                    secure.setUseClientMode(false);
                    socket = secure;
                }
                Connection connection = new Connection(plain, socket);
                script.answer(connection);
                connection.close();
            }
        } catch (Exception over) {
            // the test is over, or the client has gone, which clientGone tells
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        released.countDown();
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** A connection of a client. */
    final class Connection {
        private final Socket plain;
        private final Socket socket;

        Connection(Socket plain, Socket socket) {
            this.plain = plain;
            this.socket = socket;
        }

        /** Reads a request without a body, up to its blank line. */
        String request() throws IOException {
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    throw new IOException("the client closed within its request");
                }
                head.write(b);
            }
            return head.toString(ISO_8859_1);
        }

        /** The head of a response. */
        void head(int status, String... headers) throws IOException {
            write("HTTP/1.1 " + status + " Whatever\r\n"
                    + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n");
        }

        /** A body in chunks of about this many bytes, without its end. */
        void chunks(byte[] body, int bytesPerChunk) throws IOException {
            for (int at = 0; at < body.length; at += bytesPerChunk) {
                int length = Math.min(bytesPerChunk, body.length - at);
                ByteArrayOutputStream chunk = new ByteArrayOutputStream();
                chunk.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
                chunk.write(body, at, length);
                chunk.writeBytes("\r\n".getBytes(ISO_8859_1));
                write(chunk.toByteArray());
            }
        }

        void lastChunk() throws IOException {
            write("0\r\n\r\n");
        }

        void write(String ascii) throws IOException {
            write(ascii.getBytes(ISO_8859_1));
        }

        void write(byte[] bytes) throws IOException {
            try {
                socket.getOutputStream().write(bytes);
                socket.getOutputStream().flush();
            } catch (IOException gone) {
                clientGone.complete(gone);
                throw gone;
            }
        }

        /** Waits until the client closes. */
        void awaitClose() throws IOException {
            int b = 0;
            try {
                while (b >= 0) {
                    b = socket.getInputStream().read();
                }
                clientGone.complete(new IOException("closed"));
            } catch (IOException gone) {
                clientGone.complete(gone);
            }
        }

        /** Keeps the connection open and silent until the test is over. */
        void staySilent() throws InterruptedException {
            released.await(20, TimeUnit.SECONDS);
        }

        /** Closes the connection so that the client sees it reset. */
        void reset() throws IOException {
            plain.setSoLinger(true, 0);
            plain.close();
        }

        /** Closes the connection below TLS: nobody tells the client that it is the end. */
        void cut() throws IOException {
            plain.close();
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
