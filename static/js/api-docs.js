/* The interface documentation: Swagger UI over our own description, nothing inline and nothing from elsewhere. */
"use strict";

(function () {
  const place = document.getElementById("api-docs");
  if (!place || !window.SwaggerUIBundle) {
    return;
  }
  window.SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: true,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    validatorUrl: null,
    persistAuthorization: false,
  });
})();
