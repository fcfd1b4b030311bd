package org.cabstand.console.internal;

import java.util.List;
import org.cabstand.Setting;

/**
 * The settings in force, changed ones first.
 *
 * <p>Thread safety: immutable.
 */
record SettingsPart(List<Setting> settings) {

    Html html() {
        List<Setting> changed = settings.stream().filter(Setting::changed).toList();
        List<Setting> others = settings.stream().filter(setting -> !setting.changed()).toList();
        return Parts.section(
                "settings",
                "Settings",
                Html.of(
                        "{}{}",
                        Html.when(!changed.isEmpty(), table("Changed settings", changed)),
                        Html.when(
                                !others.isEmpty(),
                                Html.of(
                                        "<details data-key=\"defaults\"><summary>{} at the default</summary>{}</details>\n",
                                        Words.count(others.size(), "setting"),
                                        table("Settings at the default", others)))));
    }

    private static Html table(String name, List<Setting> some) {
        return Parts.table(
                name,
                Html.of("{}{}{}", Parts.head("Key"), Parts.head("Value"), Parts.head("Source")),
                Html.all(some.stream().map(SettingsPart::row)));
    }

    private static Html row(Setting setting) {
        return Html.of(
                "<tr data-key=\"{}\"><th scope=\"row\"><code>{}</code></th><td><code>{}</code></td><td>{}</td></tr>\n",
                setting.key(),
                setting.key(),
                setting.value(),
                setting.source());
    }
}
