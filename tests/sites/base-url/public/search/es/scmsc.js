guidepostSearch(`es/scmsc
0AN one
2S inicio
0DS dias
0SKSN section
0TKST text
`)
