package org.cabstand.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** URLs as people may see them. */
class SecretsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db:5432/orders | jdbc:postgresql://db:5432/orders",
                "jdbc:postgresql://db/x?user=app&password=pw&ssl=true | jdbc:postgresql://db/x?user=***&password=***&ssl=true",
                "jdbc:mysql://app:p@ss@db:3306/x | jdbc:mysql://***@db:3306/x",
                "jdbc:h2:mem:x;USER=sa;PASSWORD=pw | jdbc:h2:mem:x;USER=***;PASSWORD=***",
                "jdbc:sqlserver://db:1433;databaseName=x;password=pw | jdbc:sqlserver://db:1433;databaseName=x;password=***",
                "jdbc:oracle:thin:scott/tiger@//db:1521/x | jdbc:oracle:thin:***@//db:1521/x",
                "jdbc:mariadb://db/x?serverRsaPublicKeyFile=a | jdbc:mariadb://db/x?serverRsaPublicKeyFile=a",
                "jdbc:mysql://address=(host=db)(user=app)(password=pw)/x | jdbc:mysql://address=(host=db)(user=***)(password=***)/x",
                "jdbc:postgresql://db/x?a=b$1\\c&sslpassword=pw | jdbc:postgresql://db/x?a=b$1\\c&sslpassword=***",
            })
    void urlsAreShownWithoutSecrets(String url, String shown) {
        assertThat(Secrets.url(url)).isEqualTo(shown);
    }
}
