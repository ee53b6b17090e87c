package io.phaseline.netty.wire;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS of the JDK's own, with the protocol agreed on by ALPN. */
public final class Tls {
    private Tls() {}

    /**
     * The server's side: HTTP/2 or HTTP/1.1, as the client likes.
     *
     * @param keys the certificate and its key
     * @return a context
     * @throws SSLException if the keys cannot be used
     */
    public static SslContext forServer(KeyManagerFactory keys) throws SSLException {
        return with(
                SslContextBuilder.forServer(keys),
                List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1));
    }

    /**
     * The client's side.
     *
     * @param trusted whose certificates are believed; null for those that the JDK believes
     * @param protocols what the client speaks, the one it likes best first
     * @return a context
     * @throws SSLException if the trusted certificates cannot be used
     */
    public static SslContext forClient(@Nullable TrustManagerFactory trusted, List<String> protocols)
            throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forClient();
        return with(trusted == null ? builder : builder.trustManager(trusted), protocols);
    }

    private static SslContext with(SslContextBuilder builder, List<String> protocols) throws SSLException {
        return builder.sslProvider(SslProvider.JDK)
                .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                .applicationProtocolConfig(new ApplicationProtocolConfig(
                        ApplicationProtocolConfig.Protocol.ALPN,
                        ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                        protocols))
                .build();
    }
}
