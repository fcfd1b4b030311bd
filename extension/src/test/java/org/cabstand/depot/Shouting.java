package org.cabstand.depot;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.Locale;

/** Upper case in the database. */
@Converter
public class Shouting implements AttributeConverter<String, String> {

    @Override
    public String convertToDatabaseColumn(String attribute) {
        return attribute.toUpperCase(Locale.ROOT);
    }

    @Override
    public String convertToEntityAttribute(String data) {
        return data;
    }
}
