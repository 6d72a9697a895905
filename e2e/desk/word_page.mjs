// What Word puts on the clipboard when somebody copies a page with a table and a picture: HTML full of mso markup that
// names the picture by a file of that person's machine, and RTF that holds it as hexadecimal digits.
import { deflateSync } from 'node:zlib';

const SIZE = { width: 96, height: 64 };

/** A picture that can be seen: two bands of colour. */
export function picture() {
  const rows = [];
  for (let y = 0; y < SIZE.height; y += 1) {
    rows.push(0);
    for (let x = 0; x < SIZE.width; x += 1) rows.push(...(y < SIZE.height / 2 ? [23, 76, 124] : [218, 214, 204]));
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(SIZE.width, 0);
  head.writeUInt32BE(SIZE.height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(Buffer.from(rows))), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type, data) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  typed.copy(out, 4);
  out.writeUInt32BE(crc(typed), out.length - 4);
  return out;
}

function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return (sum ^ 0xffffffff) >>> 0;
}

const cell = (text) => `<td width=184 valign=top style='width:138.25pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'><p class=MsoNormal><span style='font-family:仿宋_GB2312;mso-ascii-font-family:"Times New Roman"'>${text}</span><span lang=EN-US><o:p></o:p></span></p></td>`;
const row = (...cells) => `<tr style='mso-yfti-irow:0'>${cells.map(cell).join('')}</tr>`;
const paragraph = (text) => `<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-size:16.0pt;font-family:仿宋_GB2312'>${text}</span><span lang=EN-US style='font-size:16.0pt'><o:p></o:p></span></p>`;

const HTML = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Word.Document><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-parent:"";margin:0cm;font-size:10.5pt;} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
${paragraph('为做好冬季供水保障,请各供水网点抓紧布署巡查工作。')}
<h1><span style='font-family:黑体'>一、值守安排</span><span lang=EN-US><o:p></o:p></span></h1>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
${row('网点', '值守时间')}${row('中心网点', '每日八时至二十时')}${row('北山网点', '每日九时至十七时')}</table>
<p class=MsoNormal><span lang=EN-US><!--[if gte vml 1]><v:shape id="图片_x0020_1" style='width:72pt;height:48pt'><v:imagedata src="file:///C:/Users/x/AppData/Local/Temp/msohtmlclip1/01/clip_image001.png" o:title=""/></v:shape><![endif]--><![if !vml]><img width=96 height=64 src="file:///C:/Users/x/AppData/Local/Temp/msohtmlclip1/01/clip_image002.png" v:shapes="图片_x0020_1"><![endif]><o:p></o:p></span></p>
${paragraph('停水、漏水的，可以到就近网点反映。')}
<!--EndFragment--></body></html>`;

/** The flavours of the clipboard. */
export function wordPage() {
  const rtf = `{\\rtf1\\ansi\\ansicpg936 {\\*\\shppict{\\pict\\picw2540\\pich1693\\picwgoal1440\\pichgoal960\\pngblip ${picture().toString('hex')}}}\\par}`;
  return { 'text/html': HTML, 'text/rtf': rtf, 'text/plain': '为做好冬季供水保障' };
}

/** Pastes the flavours where the cursor of the rich text stands. */
export async function paste(page, flavours) {
  await page.locator('.rich-text').click();
  await page.evaluate((given) => {
    const data = new DataTransfer();
    for (const [type, text] of Object.entries(given)) data.setData(type, text);
    document.querySelector('.rich-text').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, flavours);
}
