guidepostSearch(`es/tmut0
0a:0W6
0pagina=página:2W6
0start:1a6
0texto:24
0una:2W6
`)
