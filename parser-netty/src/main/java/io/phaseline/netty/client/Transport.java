package io.phaseline.netty.client;

/** Which HTTP a client speaks. */
public enum Transport {
    /** Over TLS what the server prefers of HTTP/2 and HTTP/1.1 (ALPN); HTTP/1.1 in cleartext. */
    AUTO,
    /** HTTP/1.1: a pool of connections, one request at a time on each. */
    HTTP_1_1,
    /** HTTP/2: all requests on one connection; in cleartext by prior knowledge. */
    HTTP_2
}
