/** Passwords of ten characters and more that stand high in published lists of leaked ones, and those that people here think of first. */
export const commonPasswords: ReadonlySet<string> = new Set(`
password12 password123 password1234 password12345 password123456 password1! password12! passw0rd123 p@ssw0rd123 p@ssword123 p@55w0rd123
mypassword mypassword1 newpassword newpassword1 changeme123 changeme1234 letmein123 letmein1234 welcome123 welcome1234 welcome2024
welcome2025 welcome2026 iloveyou12 iloveyou123 iloveyou1234 iloveyou1314 woaini1314 woaini5201314 woaini520520 woaini123456 woaini1314520
5201314520 5201314123 1314520520 1314521314 qwertyuiop qwertyuiop1 qwerty1234 qwerty12345 qwerty123456 1234qwerty 123456qwerty qwer1234qwer
qwer123456 asdfghjkl1 asdfghjkl; asdf123456 asd123456789 zxcvbnm123 zxcvbnm1234 1qaz2wsx3e 1qaz2wsx3edc 1qazxsw23edc qazwsxedc1 qazwsxedc123
q1w2e3r4t5 q1w2e3r4t5y6 1q2w3e4r5t 1q2w3e4r5t6y zaq12wsxcde 1234567890a a123456789 a1234567890 aa123456789 aaa123456789 abc1234567
abc123456789 abcd123456 abcd1234567 abcd12345678 abcde12345 abc123abc123 123456abcd 123456abcdef 1234abcd1234 a1b2c3d4e5 123123123a 123456789a
123456789aa 123456789abc 123456789q 12345678910 123456789101112 1234567891 0123456789 0987654321 9876543210a 1234554321 1234512345 1122334455
1112223334 123321123321 1231231234 11223344556 qq123456789 qq1234567890 wang123456 zhang123456 admin12345 admin123456 admin1234567
admin@1234 admin@12345 admin@123456 admin888888 administrator administrator1 adminadmin root123456 root1234567 test123456 test12345678
user123456 guest123456 superman123 football123 baseball123 basketball princess123 sunshine123 michael123 dragon12345 monkey12345 master12345
shadow12345 killer12345 charlie123 pokemon123 starwars123 computer123 internet123 trustno1trustno1 liverpool123 chelsea123 manchester
whatever123 nothing123 secret12345 secret123456 summer2024 summer2025 summer2026 winter2025 winter2026 spring2026 huawei123456 huawei@123
huawei@1234 xiaomi123456 china123456 china12345 beijing2008 beijing2022 fujian123456 fuzhou123456 xiamen123456 zhongguo123 chunfeng123
chunfeng2026 chunfengxingdong fairwind123 fairwind1234 fairwind2026 renshe123456 renshe12345 renshe2026 zhaopin123456 jiuye123456 jiuye12345
`.split(/\s+/).filter(Boolean));
