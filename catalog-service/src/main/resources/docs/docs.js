// All requests go to this server: the online validator of Swagger UI, which is on another host, is off.
SwaggerUIBundle({
  url: '/openapi.json',
  domNode: document.getElementById('docs'),
  presets: [SwaggerUIBundle.presets.apis],
  layout: 'BaseLayout',
  validatorUrl: null,
  deepLinking: true,
  docExpansion: 'list',
  tagsSorter: 'alpha',
  defaultModelsExpandDepth: 0,
  tryItOutEnabled: true,
});
