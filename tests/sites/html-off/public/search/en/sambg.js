guidepostSearch(`en/sambg
0ALRT alert
1N one
2SD inside
1TML html
0BLD bold
0K key
0MRKDN markdown
0R raw
0SKRPT script
1NTKS syntax
1T site
0TG tag
1KST text
1L title
1MPLT template
0WRD word
`)
