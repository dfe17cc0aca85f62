// What Sphinx's own scripts say. Sphinx takes this file in place of its own, which leaves some of it in English.
Documentation.addTranslations({
  locale: "zh_Hans_CN",
  messages: {
    Searching: "正在搜索",
    "Search Results": "搜索结果",
    "Preparing search...": "正在准备搜索……",
    "Hide Search Matches": "不再突出搜索的词",
    ", in ": "，见",
    "Search finished, found one page matching the search query.": ["找到 ${resultCount} 个页面。"],
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
      "没有找到提到它的页面。",
  },
  plural_expr: "0",
});
