guidepostSearch(`es/sgrtf
0AK aqui
2TL actual
1NGLS english ingles
2L only
2S inicio
1SPNL espanol
0BJ viejo
1K back
0SL solo
1TRT start
0TKST texto
`)
