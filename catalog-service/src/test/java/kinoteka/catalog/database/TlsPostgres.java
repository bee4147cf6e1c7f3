package kinoteka.catalog.database;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A PostgreSQL that rejects every connection in plain text. */
final class TlsPostgres implements AutoCloseable {

    private final Path folder;
    private final X509Bundle authority;
    private final EmbeddedPostgres server;

    /**
     * @param folder for its certificate and key
     * @param host the name in its certificate
     */
    TlsPostgres(Path folder, String host) throws Exception {
        this(folder, host, Instant.now().plus(Duration.ofDays(1)));
    }

    /** @param expiry when its certificate expires */
    TlsPostgres(Path folder, String host, Instant expiry) throws Exception {
        this.folder = folder;
        this.authority = authority();
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=" + host)
                .addSanDnsName(host)
                .notBefore(expiry.minus(Duration.ofDays(30)))
                .notAfter(expiry)
                .buildIssuedBy(authority);
        this.server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", write("server.pem", certificate.getCertificatePathPEM()))
                .setServerConfig("ssl_key_file", write("server.key", certificate.getPrivateKeyPEM()))
                .setServerConfig("hba_file", write("pg_hba.conf", "hostssl all all all trust\n"))
                .start();
    }

    int port() {
        return server.getPort();
    }

    /** The certificate that signed the one of the server. */
    Path rootCertificate() throws Exception {
        return Path.of(write("root.pem", authority.getCertificatePEM()));
    }

    Path otherRootCertificate() throws Exception {
        return Path.of(write("other.pem", authority().getCertificatePEM()));
    }

    void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of the result. */
    List<String> ask(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private static X509Bundle authority() throws Exception {
        return new CertificateBuilder()
                .subject("CN=authority of a test")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private String write(String name, String content) throws IOException {
        var file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"))
                .toString();
    }
}
