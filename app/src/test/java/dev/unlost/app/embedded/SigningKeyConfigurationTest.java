package dev.unlost.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyConfigurationTest {

    @TempDir
    private Path directory;

    @Test
    void nodesThatStartAtOnceAgreeOnTheKey() throws Exception {
        Path file = directory.resolve("signing-key.pem");
        int nodes = 8;
        CyclicBarrier together = new CyclicBarrier(nodes);
        try (ExecutorService executor = Executors.newFixedThreadPool(nodes)) {
            List<Future<PublicKey>> keys = Stream.generate(() -> executor.submit(() -> {
                        together.await();
                        return SigningKeyConfiguration.in(file).getPublic();
                    }))
                    .limit(nodes)
                    .toList();
            PublicKey agreed = SigningKeyConfiguration.in(file).getPublic();
            for (Future<PublicKey> key : keys) {
                assertThat(key.get()).isEqualTo(agreed);
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void whatTheReadKeySignsTheReadKeyVerifies() throws Exception {
        Path file = directory.resolve("signing-key.pem");
        KeyPair written = SigningKeyConfiguration.in(file);
        KeyPair read = SigningKeyConfiguration.in(file);
        byte[] message = {1, 2, 3};
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(read.getPrivate());
        signer.update(message);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(written.getPublic());
        verifier.update(message);
        assertThat(verifier.verify(signature)).isTrue();
    }

    @Test
    void fileIsForTheOwnerOnly() throws Exception {
        Path file = directory.resolve("signing-key.pem");
        SigningKeyConfiguration.in(file);
        assertThat(Files.getPosixFilePermissions(file))
                .extracting(Enum::name)
                .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
    }
}
