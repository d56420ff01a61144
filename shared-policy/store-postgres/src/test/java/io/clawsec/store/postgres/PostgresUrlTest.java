package io.clawsec.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "postgresql://ada:pw@db:5433/clawsec, db:5433/clawsec, ada, pw",
                "postgres://ada:pw@db/clawsec, db/clawsec, ada, pw",
                "postgresql+psycopg2://ada:pw@db/clawsec, db/clawsec, ada, pw",
                "postgresql+asyncpg://ada@db/clawsec, db/clawsec, ada, -",
                "postgresql://db/clawsec, db/clawsec, -, -",
                "postgresql://a%40b:p%2Fw%3F%25+@db/cl%20aw, db/cl aw, a@b, p/w?%+",
                "postgresql://ada:p@w:x@db/clawsec, db/clawsec, ada, p@w:x",
                "'postgresql://ada:pw@one:1,two:2/clawsec', 'one:1,two:2/clawsec', ada, pw",
                "postgresql://ada:pw@[::1]:5432/clawsec, [::1]:5432/clawsec, ada, pw",
            })
    void every_form_of_a_url_is_read(String text, String place, String user, String password) {
        PostgresUrl url = PostgresUrl.parse(text);
        assertThat(url.place()).isEqualTo(place);
        assertThat(url.properties().get("user")).isEqualTo(user);
        assertThat(url.properties().get("password")).isEqualTo(password);
        assertThat(url.unsafeDurability()).isFalse();
        assertThat(url.toString()).isEqualTo("PostgresUrl[" + place + "]");
    }

    @Test
    void options_are_handed_over_by_the_drivers_names() {
        PostgresUrl url = PostgresUrl.parse("postgresql://db/c?sslmode=verify-full&sslrootcert=/etc/ca%20.pem"
                + "&target_session_attrs=read-write&clawsec_allow_unsafe_durability=true");
        assertThat(url.properties())
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslrootcert", "/etc/ca .pem")
                .containsEntry("targetServerType", "primary")
                .doesNotContainKey(PostgresUrl.UNSAFE_DURABILITY);
        assertThat(url.unsafeDurability()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql:clawsec",
                "postgresql://ada:sesame@db",
                "postgresql://ada:sesame@db/",
                "postgresql://ada:sesame@db:port/clawsec",
                "postgresql://ada:sesame@/clawsec",
                "postgresql://ada:sesame%zz@db/clawsec",
                "postgresql://ada:se?same@db/clawsec",
                "postgresql://ada:sesame@db/clawsec#fragment",
                "postgresql://ada:sesame@db/clawsec?socketFactory=evil.Class",
                "postgresql://ada:sesame@db/clawsec?password=sesame",
                "postgresql://ada:sesame@db/clawsec?sslmode",
                "postgresql://ada:sesame@db/clawsec?target_session_attrs=standby",
                "postgresql://ada:sesame@db/clawsec?clawsec_allow_unsafe_durability=yes",
            })
    void what_is_not_understood_is_refused_and_nothing_of_it_repeated(String text) {
        PostgresStoreProvider provider = new PostgresStoreProvider();
        assertThat(provider.handles(text)).isTrue();
        assertThatThrownBy(() -> provider.open(text, Path.of("/")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("sesame")
                .hasMessageNotContaining("same@");
    }

    @Test
    void other_stores_are_left_alone() {
        assertThat(new PostgresStoreProvider().handles("sqlite:postgres.db")).isFalse();
    }
}
