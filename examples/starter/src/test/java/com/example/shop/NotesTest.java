package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.cabstand.CabstandExtension;
import org.cabstand.test.CabstandTest;
import org.cabstand.test.PoolCheck;
import org.jboss.weld.junit5.auto.ActivateScopes;
import org.jboss.weld.junit5.auto.AddBeanClasses;
import org.jboss.weld.junit5.auto.AddExtensions;
import org.jboss.weld.junit5.auto.EnableAutoWeld;
import org.junit.jupiter.api.Test;

@CabstandTest
@EnableAutoWeld
@AddExtensions(CabstandExtension.class)
@AddBeanClasses(Notes.class)
@ActivateScopes(RequestScoped.class)
class NotesTest {

    @Inject Notes notes;

    PoolCheck check;

    @Test
    void aNoteIsKept() throws Exception {
        notes.add("Hello");
        assertEquals(List.of("Hello"), notes.all());
        check.statementsAtMost(2);
    }

    @Test
    void nothingIsLeftOfAnotherTest() throws Exception {
        assertEquals(List.of(), notes.all());
    }
}
