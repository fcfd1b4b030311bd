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
                "jdbc:p6spy:oracle:thin:scott/tiger@db:1521/x | jdbc:p6spy:oracle:thin:***@db:1521/x",
                "jdbc:mariadb://db/x?serverRsaPublicKeyFile=a | jdbc:mariadb://db/x?serverRsaPublicKeyFile=a",
                "jdbc:mysql://address=(host=db)(user=app)(password=pw)/x | jdbc:mysql://address=(host=db)(user=***)(password=***)/x",
                "jdbc:oracle:thin:scott/\"ti@ger\"@//db:1521/x | jdbc:oracle:thin:***@//db:1521/x",
                "jdbc:oracle:thin:@//db:1521/x | jdbc:oracle:thin:@//db:1521/x",
                "jdbc:mysql://app:p/w@db:3306/x | jdbc:mysql://***@db:3306/x",
                "jdbc:mysql://app:p?w@db:3306/x | jdbc:mysql://***@db:3306/x",
                "jdbc:mysql://app:12/w@db:3306/x | jdbc:mysql://***@db:3306/x",
                "jdbc:mysql://app:p@s/s@db/x | jdbc:mysql://***@db/x",
                "jdbc:mysql://a:b@one:3306,c:d@two:3306/x | jdbc:mysql://***@two:3306/x",
                "postgresql+psycopg2://app:pw@db/x | postgresql+psycopg2://***@db/x",
                "jdbc:postgresql://[::1]:5432/x?currentSchema=a@b | jdbc:postgresql://[::1]:5432/x?currentSchema=a@b",
                "jdbc:postgresql://one:5432,two:5432/x?password=a,b;c&ssl=true | jdbc:postgresql://one:5432,two:5432/x?password=***&ssl=true",
                "jdbc:sqlserver://db;password={a;b};encrypt=true | jdbc:sqlserver://db;password=***;encrypt=true",
                "jdbc:db2://db:50000/x:password=pw;user=app; | jdbc:db2://db:50000/x:password=***;user=***;",
                "jdbc:h2:mem:x;PASS=pw | jdbc:h2:mem:x;PASS=***",
                "jdbc:h2:mem:x;MODE=MySQL;INIT=CREATE USER a PASSWORD 'pw'\\;SET X 1 | jdbc:h2:mem:x;MODE=MySQL;INIT=***",
                "jdbc:derby:x;encryptionKey=pw;newEncryptionKey=pw | jdbc:derby:x;encryptionKey=***;newEncryptionKey=***",
                "jdbc:derby:x;create=true;bootPassword=pw | jdbc:derby:x;create=true;bootPassword=***",
                "jdbc:hsqldb:file:x;crypt_key=pw;crypt_type=AES | jdbc:hsqldb:file:x;crypt_key=***;crypt_type=AES",
                "jdbc:sqlite:file:x.db?key=pw&hexkey=pw&cipher=aes256 | jdbc:sqlite:file:x.db?key=***&hexkey=***&cipher=aes256",
                "jdbc:sqlserver://db;keyVaultProviderClientKey=pw;keyStoreSecret=pw | jdbc:sqlserver://db;keyVaultProviderClientKey=***;keyStoreSecret=***",
                "jdbc:postgresql://db/x?sslkey=/etc/client.key&keepAlive=true | jdbc:postgresql://db/x?sslkey=/etc/client.key&keepAlive=true",
                "jdbc:postgresql://db/x?a=b$1\\c&sslpassword=pw | jdbc:postgresql://db/x?a=b$1\\c&sslpassword=***",
            })
    void urlsAreShownWithoutSecrets(String url, String shown) {
        assertThat(Secrets.url(url)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://shop:secret@db/x | jdbc:postgresql://db/x",
                "jdbc:postgresql://shop@db:5432/x | jdbc:postgresql://db:5432/x",
                "jdbc:mysql://shop:a/b@db/x | jdbc:mysql://db/x",
                "jdbc:h2:tcp://sa:pw@db/x | jdbc:h2:tcp://db/x",
                "jdbc:postgresql://db/x?user=a@b | ",
                "jdbc:postgresql://[::1]:5432/x?user=a@b | ",
                "jdbc:h2:tcp://localhost:9092/~/a@b | ",
                "jdbc:h2:tcp://localhost/~/a@b | ",
                "jdbc:sqlite:file:///tmp/a@b.db | ",
                "jdbc:sqlserver://db:1433;user=a@b | ",
                "jdbc:oracle:thin:scott/tiger@//db:1521/x | ",
                "jdbc:oracle:thin:@//db:1521/x | ",
                "jdbc:mysql://address=(host=db)(password=p@w)/x | "
            })
    void credentialsBeforeTheHostAreSeen(String url, String without) {
        assertThat(Secrets.areBeforeHost(url)).isEqualTo(without != null);
        assertThat(Secrets.withoutUserInfo(url)).isEqualTo(without == null ? url : without);
    }
}
