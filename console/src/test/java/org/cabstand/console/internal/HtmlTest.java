package org.cabstand.console.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What others wrote stays text, wherever it stands in a page. */
class HtmlTest {

    @Test
    void valuesAreEscapedInTextAndInAttributes() {
        Html html = Html.of("<p title=\"{}\">{}</p>", "\" onload=\"x", "<script>'&");

        assertThat(html)
                .hasToString("<p title=\"&quot; onload=&quot;x\">&lt;script&gt;&#39;&amp;</p>");
    }

    @Test
    void piecesAreNotEscapedTwice() {
        Html items = Html.all(Stream.of("a<", "b").map(text -> Html.of("<li>{}</li>", text)));

        assertThat(Html.of("<ul>{}</ul>", items)).hasToString("<ul><li>a&lt;</li><li>b</li></ul>");
    }

    @Test
    void aValueIsNoTemplate() {
        assertThat(Html.of("<p>{} {}</p>", "{}", "x")).hasToString("<p>{} x</p>");
    }

    @Test
    void whatHidesOrTurnsTextIsShownAsAReplacement() {
        assertThat(Html.of("{}", "a\u0000b\u202Ec\u2066d\ne"))
                .hasToString("a\uFFFDb\uFFFDc\uFFFDd\ne");
    }

    @Test
    void aTemplateAndItsValuesMustFit() {
        assertThatThrownBy(() -> Html.of("{}", "a", "b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Html.of("{} {}", "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
