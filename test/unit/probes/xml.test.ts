import { describe, expect, it } from 'vitest';
import { parseXml, textNamed } from '../../../services/probes/xml.ts';

describe('XML of a mail server', () => {
  it('is read by namespace, whatever its prefix', () => {
    const document = parseXml(
      '\uFEFF<?xml version="1.0"?><a:x xmlns:a="urn:a"><a:y> å &amp; b </a:y></a:x>',
    )!;
    expect(textNamed(document, 'urn:a', 'y')).toBe('å & b');
    expect(textNamed(document, 'urn:b', 'y')).toBeNull();
  });

  it.each([
    '',
    'text',
    '{"Url":"https://mail.contoso.test"}',
    '<html><br></html>',
    '<x>',
    '<x><y></x></y>',
    '<x>&unknown;</x>',
    '<!DOCTYPE x><x/>',
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x/>',
  ])('is not read when it is broken or declares anything: %j', (text) => {
    expect(parseXml(text)).toBeNull();
  });
});
