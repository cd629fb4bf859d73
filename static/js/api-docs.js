/* The interface documentation: Swagger UI over our own description, in Chinese, nothing inline and nothing from elsewhere. */
"use strict";

(function () {
  const place = document.getElementById("api-docs");
  if (!place || !window.SwaggerUIBundle) {
    return;
  }

  // Swagger UI speaks English only: its own words are replaced as they appear, whole texts and nothing of the description.
  const words = {
    "Authorize": "填写密钥", "Available authorizations": "填写密钥", "Close": "关闭", "Logout": "清除", "Value:": "密钥：",
    "Parameters": "参数", "No parameters": "没有参数", "Name": "名称", "Description": "说明", "Try it out": "试一试", "Cancel": "取消",
    "Execute": "发送请求", "Clear": "清空", "Reset": "还原", "Responses": "答复", "Response": "答复", "Server response": "服务器的答复",
    "Code": "状态码", "Details": "内容", "Links": "关联", "No links": "没有", "Media type": "格式", "Example Value": "示例", "Schema": "结构",
    "Schemas": "数据结构", "Request body": "请求内容", "Request URL": "请求地址", "Curl": "命令行", "Response body": "答复内容",
    "Response headers": "答复头", "Request duration": "用时", "Download": "下载", "Copy to clipboard": "复制", "Expand all": "全部展开",
    "Collapse all": "全部收起", "Send empty value": "发送空值", "required": "必填", "Controls Accept header.": "决定答复的格式。",
    "Loading...": "正在读取……", "Example": "示例", "Examples": "示例", "Default value": "默认值", "Available values": "可选值",
  };
  function replace(node) {
    const text = node.data.trim();
    if (Object.hasOwn(words, text) && node.parentElement && !node.parentElement.closest(".markdown, pre, code")) {
      node.data = node.data.replace(text, words[text]);
    }
  }
  function translate(root) {
    if (root.nodeType === Node.TEXT_NODE) { replace(root); return; }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) { replace(node); }
  }
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (change.type === "characterData") { replace(change.target); }
      change.addedNodes.forEach(translate);
    });
  }).observe(place, { childList: true, subtree: true, characterData: true });

  /* What Swagger UI draws has a main part of its own inside ours, headings that skip a level, and examples that scroll without focus. */
  function mend() {
    place.querySelectorAll("main:not([role])").forEach(function (part) {
      part.setAttribute("role", "group");
      part.setAttribute("aria-label", "接口列表");
    });
    place.querySelectorAll("h3:not([aria-level]), h4:not([aria-level])").forEach(function (heading) {
      heading.setAttribute("role", "heading");
      heading.setAttribute("aria-level", heading.tagName === "H3" ? "2" : "3");
    });
    place.querySelectorAll("pre.microlight:not([tabindex])").forEach(function (example) {
      example.setAttribute("tabindex", "0");
    });
  }
  new MutationObserver(mend).observe(place, { childList: true, subtree: true });

  window.SwaggerUIBundle({
    url: place.dataset.schema,
    domNode: place,
    presets: [window.SwaggerUIBundle.presets.apis],
    layout: "BaseLayout",
    deepLinking: false, // its links stand inside buttons, which screen readers do not follow
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    validatorUrl: null,
    persistAuthorization: false,
  });
})();
