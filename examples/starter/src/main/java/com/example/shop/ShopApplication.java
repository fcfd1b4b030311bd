package com.example.shop;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Everything below the application's context path. */
@ApplicationPath("/")
public class ShopApplication extends Application {}
